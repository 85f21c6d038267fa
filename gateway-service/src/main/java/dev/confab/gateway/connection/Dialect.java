package dev.confab.gateway.connection;

import dev.confab.gateway.dialect.Decoder;
import dev.confab.gateway.fanout.Translator;

/**
 * A client protocol as a connection speaks it.
 *
 * @param decoder reads what the client says
 * @param translator writes what the client is told; null in v1, whose frames go out as they are
 * @param merging writes the merged text of a reply
 */
record Dialect(
    String name, Decoder decoder, Translator translator, OutboundQueue.TextEncoder merging) {}
