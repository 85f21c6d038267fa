package dev.confab.ai.provider;

/** Whom to ask for which model. */
public record Target(Provider provider, String model) {}
