package dev.confab.chat.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.confab.contracts.ErrorCode;

/**
 * A problem document (RFC 9457).
 *
 * @param field the offending field, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type, String title, int status, String detail, ErrorCode code, String field) {}
