package dev.confab.contracts.chat;

import java.util.Set;

/**
 * Who gives a command, as their token says.
 *
 * @param userId the {@code sub} claim
 * @param name the {@code name} claim, shown with messages
 * @param roles the {@code groups} claim
 */
public record Actor(String userId, String name, Set<String> roles) {}
