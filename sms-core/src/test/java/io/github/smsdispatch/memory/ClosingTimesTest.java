package io.github.smsdispatch.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.MessageId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("When to look whether the time of messages is over")
class ClosingTimesTest {
    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

    private final ClosingTimes times = new ClosingTimes();
    private final MessageId first = MessageId.create();
    private final MessageId second = MessageId.create();

    @Test
    @DisplayName("only those are looked at whose time has come, the longest due first")
    void ripe() {
        times.put(second, NOON);
        times.put(first, NOON.minusSeconds(1));
        times.put(MessageId.create(), NOON.plusSeconds(1));

        assertThat(times.ripe(NOON, 10)).containsExactly(first, second);
        assertThat(times.ripe(NOON, 1)).containsExactly(first);
    }

    @Test
    @DisplayName("a message has one time, the last that was said")
    void once() {
        times.put(first, NOON);
        times.put(first, NOON.plusSeconds(1));

        assertThat(times.ripe(NOON, 10)).isEmpty();
        assertThat(times.ripe(NOON.plusSeconds(1), 10)).containsExactly(first);
        assertThat(List.of(times.remove(first), times.remove(first))).containsExactly(true, false);
        assertThat(times.ripe(NOON.plusSeconds(1), 10)).isEmpty();
    }
}
