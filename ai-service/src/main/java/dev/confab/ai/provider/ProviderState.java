package dev.confab.ai.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * How a provider fares.
 *
 * @param state {@code up}, {@code down}, or {@code unknown} until it was first asked
 * @param listed whether it answered when it was last asked for its models
 * @param listedAt when it last did, or null
 * @param running calls that run there now
 * @param failuresInARow calls and listings since the last one that succeeded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProviderState(
    String name,
    String state,
    boolean listed,
    Instant listedAt,
    int endpoints,
    int running,
    @JsonProperty("failures_in_a_row") int failuresInARow) {}
