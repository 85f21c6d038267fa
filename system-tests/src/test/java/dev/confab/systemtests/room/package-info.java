/** Rooms: who is there, who is addressed, and the AI that stands in for who is not there. */
package dev.confab.systemtests.room;
