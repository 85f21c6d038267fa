package dev.confab.localstack.process;

/**
 * A started process as noted on disk, so that a later launcher finds it again.
 *
 * @param name of the part, such as {@code kafka} or {@code gateway-1}
 * @param startedAtMillis the operating system's start time of the process, epoch milliseconds
 * @param marker a piece of its command line that no foreign process has
 * @param port the port it serves
 */
public record ProcessRecord(String name, long pid, long startedAtMillis, String marker, int port) {}
