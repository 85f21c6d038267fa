package dev.confab.chat.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * What a visitor thinks of a dialog that is closed.
 *
 * @param score from 1 (bad) to 5 (good)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rating(int score, String comment, Instant ratedAt) {}
