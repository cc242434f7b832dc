package io.github.smsdispatch.killharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The kills of a run")
class StrikesTest {
    @Test
    @DisplayName("hit each kind of process, as soon as there are as many kills as kinds")
    void eachKind() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(Strikes.draw(4, 0, seed, true))
                    .extracting(Strike::role)
                    .containsExactlyInAnyOrder(Role.values());
            assertThat(Strikes.draw(6, 0, seed, true)).extracting(Strike::role).contains(Role.values());
        }
    }

    @Test
    @DisplayName("spare a database that is somebody else's")
    void notTheDatabase() {
        assertThat(Strikes.draw(500, 0, 1, false))
                .hasSize(500)
                .extracting(Strike::role)
                .doesNotContain(Role.DATABASE);
    }

    @Test
    @DisplayName("come while messages are enqueued, in order, and some of them when all are, which spare the enqueuer")
    void overTheWholeRun() {
        List<Strike> strikes = Strikes.draw(60, 0, 7, true);

        assertThat(strikes).hasSize(60).extracting(Strike::after).isSorted();
        List<Strike> tail =
                strikes.stream().filter(strike -> strike.after() == 1).toList();
        assertThat(tail).hasSize(10).extracting(Strike::role).doesNotContain(Role.ENQUEUER);
    }

    @Test
    @DisplayName("leave some processes dead for longer than a lease, so that others must take over")
    void longerThanALease() {
        assertThat(Strikes.draw(60, 0, 7, true))
                .anyMatch(strike -> strike.back().compareTo(NodeProgram.LEASE) > 0)
                .anyMatch(strike -> strike.back().compareTo(NodeProgram.LEASE) < 0);
    }

    @Test
    @DisplayName("are the same for the same seed")
    void repeatable() {
        assertThat(Strikes.draw(60, 0, 7, true))
                .isEqualTo(Strikes.draw(60, 0, 7, true))
                .isNotEqualTo(Strikes.draw(60, 0, 8, true));
    }

    @Test
    @DisplayName("leave room for orderly stops, of nodes only, besides")
    void stops() {
        List<Strike> strikes = Strikes.draw(12, 6, 3, true);

        assertThat(strikes).filteredOn(strike -> !strike.orderly()).hasSize(12);
        assertThat(strikes)
                .filteredOn(Strike::orderly)
                .hasSize(6)
                .allMatch(strike -> strike.role() == Role.NODE)
                .anyMatch(strike -> strike.after() == 1)
                .anyMatch(strike -> strike.after() < 1);
    }

    @Test
    @DisplayName("may be none")
    void none() {
        assertThat(Strikes.draw(0, 0, 1, true)).isEmpty();
    }
}
