package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.jspecify.annotations.Nullable;

/** One group of the rules for providers. */
abstract class ProviderRules {
    abstract ProviderFixture fixture();

    final SmsProviderContract contract() {
        return fixture().contract();
    }

    /** An answer that a capability needs; fails the test where the author did not say it. */
    final ApiReply told(@Nullable ApiReply reply, String capability, String hook) {
        assertNotNull(reply, () -> "the provider is a " + capability + ": override " + hook + " to say how it answers");
        return reply;
    }
}
