package dev.confab.auth.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.ErrorCode;

/**
 * A problem document.
 *
 * @param type always {@code about:blank}: {@code code} says which problem it is
 * @param title the status in words
 * @param detail what is wrong, for people, in English
 * @param field the member of the request at fault, or null
 * @param retryAfterMs when to try again, milliseconds, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    ErrorCode code,
    String field,
    Long retryAfterMs) {}
