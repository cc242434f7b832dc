package io.github.smsdispatch.engine;

import static io.github.smsdispatch.Lane.BULK;
import static io.github.smsdispatch.Lane.NORMAL;
import static io.github.smsdispatch.Lane.REPLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.Lane;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The lanes take turns:")
class LaneTurnsTest {
    private final LaneTurns turns = new LaneTurns();

    private List<Lane> next(int places, Lane... waiting) {
        Set<Lane> lanes = Set.of(waiting);
        return Stream.generate(() -> next(lanes)).limit(places).toList();
    }

    private Lane next(Set<Lane> waiting) {
        return turns.share(1, waiting).keySet().iterator().next();
    }

    @Test
    @DisplayName("the most urgent goes first, and one place in seven is each other's that waits")
    void all() {
        assertThat(next(22, REPLY, NORMAL, BULK))
                .containsExactly(
                        REPLY, REPLY, REPLY, REPLY, REPLY, REPLY, NORMAL, BULK, // at first
                        REPLY, REPLY, REPLY, REPLY, REPLY, NORMAL, BULK, // and from then on
                        REPLY, REPLY, REPLY, REPLY, REPLY, NORMAL, BULK);
    }

    @Test
    @DisplayName("a lane that waits has at least one of eight places, whichever others wait and when")
    void guaranteed() {
        var random = new Random(5);
        Map<Lane, Integer> without = new EnumMap<>(Lane.class);
        var longest = 0;
        for (int i = 0; i < 10_000; i++) {
            Set<Lane> waiting = EnumSet.of(REPLY, NORMAL);
            if (random.nextInt(10) > 0) {
                waiting.add(BULK);
            }
            Lane turn = next(waiting);
            assertThat(waiting).contains(turn);
            for (Lane lane : Lane.values()) {
                without.put(lane, lane == turn || !waiting.contains(lane) ? 0 : without.getOrDefault(lane, 0) + 1);
                longest = Math.max(longest, without.getOrDefault(lane, 0));
            }
        }
        assertThat(longest).isEqualTo(LaneTurns.PLACES - 1);
    }

    @Test
    @DisplayName("an old blast has no more than its share when replies come")
    void oldBlast() {
        assertThat(next(100, BULK)).containsOnly(BULK);

        assertThat(next(8, REPLY, BULK)).containsExactly(REPLY, REPLY, REPLY, REPLY, REPLY, REPLY, BULK, REPLY);
    }

    @Test
    @DisplayName("of several places each lane has its share")
    void shares() {
        assertThat(turns.share(16, Set.of(REPLY, NORMAL, BULK)))
                .containsExactly(Map.entry(REPLY, 12), Map.entry(NORMAL, 2), Map.entry(BULK, 2));
    }

    @Test
    @DisplayName("of few places some lanes have none, and have theirs the next time")
    void fewPlaces() {
        assertThat(turns.share(6, Set.of(REPLY, BULK))).containsExactly(Map.entry(REPLY, 6));
        assertThat(turns.share(1, Set.of(REPLY, BULK))).containsExactly(Map.entry(BULK, 1));
    }

    @Test
    @DisplayName("and somebody has to wait")
    void nobody() {
        assertThatIllegalArgumentException().isThrownBy(() -> turns.share(1, Set.of()));
    }
}
