package io.github.smsdispatch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.store.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The look-out of an idle engine")
class LookoutTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private Outlook outlook = outlook(NOW, NOW.plusMillis(300));
    private final Lookout lookout = new Lookout(
            () -> {
                asked.incrementAndGet();
                return outlook;
            },
            Duration.ofMillis(500),
            nanos::get);

    @Test
    @DisplayName("asks the store once for all loops")
    void once() {
        assertThat(lookout.isDue(Outlook::recoveries)).isFalse();
        assertThat(lookout.isDue(Outlook::nextLookupAt)).isFalse();
        assertThat(lookout.isDue(Outlook::receipts)).isFalse();
        assertThat(asked).hasValue(1);
    }

    @Test
    @DisplayName("sees that the time has come without asking again")
    void timeComes() {
        assertThat(lookout.isDue(Outlook::nextLookupAt)).isFalse();
        pass(300);
        assertThat(lookout.isDue(Outlook::nextLookupAt)).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    @DisplayName("asks again when its answer is old, or has been acted on")
    void again() {
        assertThat(lookout.isDue(Outlook::nextLookupAt)).isFalse();
        pass(500);
        outlook = outlook(NOW.plusMillis(500), NOW);
        assertThat(lookout.isDue(Outlook::nextLookupAt)).isTrue();
        assertThat(asked).hasValue(2);
        outlook = outlook(NOW.plusMillis(500), null);
        assertThat(lookout.isDue(Outlook::nextLookupAt)).isFalse();
        assertThat(asked).hasValue(3);
    }

    private static Outlook outlook(Instant now, @Nullable Instant lookups) {
        return new Outlook(
                now,
                Map.of(),
                null,
                lookups == null ? Map.of() : Map.of(ProviderAccount.of("first"), lookups),
                null,
                null);
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
