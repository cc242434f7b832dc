package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a provider says that it can do is true. */
abstract class CapabilityRules extends ProviderRules {
    /** Nobody's code; of the form that may be shown. */
    private static final String INVENTED = "987654";

    @Test
    @DisplayName("the traits are always the same, also after a fault")
    void constant() {
        try (SmsProvider provider = fixture().provider()) {
            List<Object> before = all(provider.traits());
            assertEquals(before, all(provider.traits()), "the traits, asked again");
            fixture().server().play(fixture().scripts().of(HandOverFault.STATUS_429));
            fixture().submit(provider, 1);
            assertEquals(before, all(provider.traits()), "the traits after STATUS_429");
        }
    }

    @Test
    @DisplayName("the traits are plausible")
    void plausible() {
        try (SmsProvider provider = fixture().provider()) {
            ProviderTraits traits = provider.traits();
            assertTrue(traits.maxBatchSize() >= 1 && traits.maxBatchSize() <= 10_000, "maxBatchSize");
            assertTrue(traits.maxTextLength() >= 70, "maxTextLength is less than one segment");
            assertTrue(isWithin(traits.maxValidity(), Duration.ofMinutes(1), Duration.ofDays(366)), "maxValidity");
            assertTrue(isWithin(traits.receiptPatience(), Duration.ofMillis(1), Duration.ofDays(1)), "receiptPatience");
            assertFalse(
                    traits.batchesShareText() && traits.maxBatchSize() == 1,
                    "batchesShareText says nothing where a batch is one message");
        }
    }

    @Test
    @DisplayName("the longest call is no shorter than the deadline it was given, or the engine's lease would end in it")
    void longestCall() {
        // Longer than what counts for a provider that says nothing.
        Duration deadline = ProviderTraits.builder().build().longestCall().plusSeconds(15);
        try (SmsProvider provider = fixture().provider(fixture().url(), deadline)) {
            Duration longest = provider.traits().longestCall();
            assertTrue(
                    longest.compareTo(deadline) >= 0,
                    () -> "with a deadline of " + deadline + " the traits say longestCall " + longest);
        }
    }

    @Test
    @DisplayName("absence proves nothing where there is no log to search")
    void absenceProof() {
        try (SmsProvider provider = fixture().provider()) {
            assertTrue(
                    provider.traits().absenceProof().isEmpty() || provider instanceof DoubtLookup,
                    "absenceProof is set, but the provider is no DoubtLookup");
        }
    }

    @Test
    @DisplayName("look-ups say how many they take at once")
    void lookupBatches() {
        try (SmsProvider provider = fixture().provider()) {
            if (provider instanceof StatusLookup lookup) {
                assertTrue(lookup.maxLookupBatch() >= 1, "maxLookupBatch");
            }
            if (provider instanceof RecipientCheck check) {
                assertTrue(check.maxCheckBatch() >= 1, "maxCheckBatch");
            }
        }
    }

    @Test
    @DisplayName("a documented refusal is told from a doubt")
    void refusal() {
        var told = new AtomicBoolean(true);
        try (SmsProvider provider = fixture().provider()) {
            fixture().answer(call -> {
                ApiReply reply = contract().refuses(call, Set.copyOf(call.numbers()));
                told.set(reply != null);
                return reply == null ? ApiReply.json(500, "{}") : reply;
            });
            SubmitOutcome outcome = fixture().submit(provider, 1);
            assumeTrue(told.get(), "not told how the API refuses");
            assertTrue(outcome instanceof SubmitOutcome.Refused, () -> "what refuses says no to ended as " + outcome);
        }
    }

    @Test
    @DisplayName("a code that the API invents is counted, and taken for no yes")
    void unknownCodes() {
        try (SmsProvider provider = fixture().provider()) {
            assumeTrue(provider instanceof UnknownCodes, "the provider counts no codes");
            UnknownCodes codes = (UnknownCodes) provider;
            assertEquals(Map.of(), codes.unknownCodes(), "counted before anything was said");
            fixture().accept();
            fixture().assertAccepted(provider, 1);
            assertEquals(Map.of(), codes.unknownCodes(), "counted although the API said yes");
            fixture().answer(call -> told(contract().refusesWith(call, INVENTED), "UnknownCodes", "refusesWith"));
            for (int time = 1; time <= 2; time++) {
                assertNotEquals(
                        Ending.ACCEPTED,
                        Ending.of(fixture().submit(provider, 1)),
                        "the ending of what refusesWith says no to");
                assertEquals((long) time, countOf(codes), "how often " + INVENTED + " was counted");
            }
        }
    }

    @Test
    @DisplayName("a code that the API invents proves nothing under a server error")
    void unknownCodeOfAServerError() {
        try (SmsProvider provider = fixture().provider()) {
            assumeTrue(provider instanceof UnknownCodes, "the provider counts no codes");
            fixture().answer(call -> {
                ApiReply refusal = told(contract().refusesWith(call, INVENTED), "UnknownCodes", "refusesWith");
                return new ApiReply(500, refusal.contentType(), refusal.body());
            });
            SubmitOutcome outcome = fixture().submit(provider, 1);
            assertEquals(
                    Ending.UNKNOWN,
                    Ending.of(outcome),
                    () -> "what refusesWith says no to, with HTTP status 500, ended as " + outcome);
        }
    }

    private static long countOf(UnknownCodes codes) {
        return codes.unknownCodes().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" " + INVENTED))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static List<Object> all(ProviderTraits traits) {
        return Stream.<Object>of(
                        traits.maxBatchSize(),
                        traits.batchesShareText(),
                        traits.maxTextLength(),
                        traits.maxValidity(),
                        traits.receiptsPerPart(),
                        traits.receiptPatience(),
                        traits.absenceProof(),
                        traits.longestCall(),
                        traits.requiredAttribute())
                .toList();
    }

    private static boolean isWithin(Duration duration, Duration least, Duration most) {
        return duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
    }
}
