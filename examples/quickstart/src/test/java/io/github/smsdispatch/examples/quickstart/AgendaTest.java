package io.github.smsdispatch.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The simulated clock")
class AgendaTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");
    private static final Instant MAY = Instant.parse("2031-05-01T08:30:00Z");

    private final Agenda agenda = new Agenda();

    @Test
    @DisplayName("stops when the next message is due")
    void messages() {
        agenda.add(MIDNIGHT);

        assertThat(agenda.stopFor(MIDNIGHT, false, NOW)).isEqualTo(MIDNIGHT);
        assertThat(agenda.stopFor(MAY, false, NOW)).isEqualTo(MAY);
    }

    @Test
    @DisplayName("passes over look-ups, but over no message that is due")
    void lookups() {
        Instant lookup = NOW.plusSeconds(600);
        assertThat(agenda.stopFor(lookup, true, NOW)).isEqualTo(NOW.plusSeconds(12 * 3600));

        agenda.add(MIDNIGHT);
        Instant evening = NOW.plusSeconds(5 * 3600);
        assertThat(agenda.stopFor(evening.plusSeconds(600), true, evening)).isEqualTo(MIDNIGHT);
    }

    @Test
    @DisplayName("goes no further than it must for what is close")
    void soon() {
        assertThat(agenda.stopFor(NOW.plusSeconds(8), true, NOW)).isEqualTo(NOW.plusSeconds(8));
    }
}
