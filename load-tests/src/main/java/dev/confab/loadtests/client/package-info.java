/** People under load: guests with REST calls, and v1 sockets that read frames without parsing. */
package dev.confab.loadtests.client;
