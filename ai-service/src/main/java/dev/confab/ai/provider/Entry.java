package dev.confab.ai.provider;

/** Where a call goes, with its right to go there. */
record Entry(Endpoint endpoint, Breaker.Pass pass) {}
