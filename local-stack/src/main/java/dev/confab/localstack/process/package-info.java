/**
 * Child processes: started with a log and a record on disk, watched, and ended. What is not proven
 * to be ours, by start time and command line, is never ended.
 */
package dev.confab.localstack.process;
