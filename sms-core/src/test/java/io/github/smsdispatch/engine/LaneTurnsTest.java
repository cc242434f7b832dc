package io.github.smsdispatch.engine;

import static io.github.smsdispatch.Lane.BULK;
import static io.github.smsdispatch.Lane.NORMAL;
import static io.github.smsdispatch.Lane.REPLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smsdispatch.Lane;
import java.util.ArrayList;
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
        return Stream.generate(() -> turns.next(lanes)).limit(places).toList();
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
            Lane turn = turns.next(waiting);
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

    /** Shares places among lanes of which so many messages wait; returns who was asked for how many. */
    private List<String> share(Map<Lane, Integer> most, Map<Lane, Integer> waiting, int expected) {
        var asked = new ArrayList<String>();
        int taken = turns.share(new EnumMap<>(most), (lane, count) -> {
            asked.add(lane + " " + count);
            return Math.min(count, waiting.getOrDefault(lane, 0));
        });
        assertThat(taken).isEqualTo(expected);
        return asked;
    }

    @Test
    @DisplayName("of several places each lane has its share")
    void shares() {
        assertThat(share(Map.of(REPLY, 16, NORMAL, 16, BULK, 16), Map.of(REPLY, 99, NORMAL, 99, BULK, 99), 16))
                .containsExactly("REPLY 12", "NORMAL 2", "BULK 2");
    }

    @Test
    @DisplayName("what a lane has no use for goes to those below it, up to what each may have")
    void downwards() {
        assertThat(share(Map.of(REPLY, 16, NORMAL, 16, BULK, 9), Map.of(NORMAL, 3, BULK, 99), 12))
                .containsExactly("REPLY 12", "NORMAL 14", "BULK 9");
    }

    @Test
    @DisplayName("what a lane has no use for does not go past one above that may want more")
    void notPast() {
        assertThat(share(Map.of(REPLY, 16, NORMAL, 16, BULK, 16), Map.of(REPLY, 99, BULK, 99), 14))
                .containsExactly("REPLY 12", "NORMAL 2", "BULK 2");
    }

    @Test
    @DisplayName("a single place goes to another lane where the one whose turn it is has nothing")
    void singlePlace() {
        next(6, REPLY, BULK);
        Map<Lane, Integer> most = Map.of(REPLY, 1, BULK, 1);

        assertThat(share(most, Map.of(REPLY, 99), 1)).containsExactly("BULK 1", "REPLY 1");
        assertThat(share(most, Map.of(REPLY, 99, BULK, 99), 1)).containsExactly("REPLY 1");
    }

    @Test
    @DisplayName("nothing is taken where nothing waits")
    void empty() {
        assertThat(share(Map.of(REPLY, 1, NORMAL, 1, BULK, 1), Map.of(), 0))
                .containsExactly("REPLY 1", "NORMAL 1", "BULK 1");
    }

    @Test
    @DisplayName("and somebody has to wait")
    void nobody() {
        assertThatIllegalArgumentException().isThrownBy(() -> turns.next(Set.of()));
    }
}
