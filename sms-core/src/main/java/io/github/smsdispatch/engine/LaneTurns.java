package io.github.smsdispatch.engine;

import io.github.smsdispatch.Lane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which lane is next: the most urgent that waits, unless another has been passed over too often. So a reply never waits
 * behind a blast, and neither a stream of replies nor anything else keeps a blast from going on. Not thread-safe.
 */
final class LaneTurns {
    /** Of so many places one at least is every waiting lane's: enough to go on for good, too few for anybody to notice. */
    static final int PLACES = 8;

    /** After so many a lane is next; lanes that come to it together then still have their place in time. */
    private static final int PATIENCE = PLACES - Lane.values().length + 1;

    /** How many places other lanes had since each last had one, while it waited. */
    private final Map<Lane, Integer> passed = new EnumMap<>(Lane.class);

    /**
     * Gives the next place away.
     *
     * @param waiting the lanes that wait; not empty
     */
    Lane next(Set<Lane> waiting) {
        Lane turn = null;
        for (Lane lane : Lane.values()) {
            if (waiting.contains(lane) && (turn == null || (isDue(lane) && passed(lane) > passed(turn)))) {
                turn = lane;
            }
        }
        if (turn == null) {
            throw new IllegalArgumentException("no lane waits");
        }
        for (Lane lane : Lane.values()) {
            passed.put(lane, lane == turn || !waiting.contains(lane) ? 0 : passed(lane) + 1);
        }
        return turn;
    }

    /** Takes up to a number from a lane, and says how many there were. */
    @FunctionalInterface
    interface Taker {
        int take(Lane lane, int most);
    }

    /**
     * Gives several places away, the urgent lanes first; what a lane has no use for goes to the others.
     *
     * @param most how many places each lane may have; all together get no more than the one that may have most
     * @return how many were taken
     */
    int share(Map<Lane, Integer> most, Taker taker) {
        int places = most.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        Map<Lane, Integer> shares = new EnumMap<>(Lane.class);
        for (int i = 0; i < places; i++) {
            shares.merge(next(most.keySet()), 1, Integer::sum);
        }
        Map<Lane, Integer> open = new EnumMap<>(most);
        int left = 0;
        int taken = 0;
        // Twice, as the last lane may leave what the first has use for.
        for (Map<Lane, Integer> round : List.of(shares, Map.<Lane, Integer>of())) {
            for (Lane lane : most.keySet()) {
                int offered = left + round.getOrDefault(lane, 0);
                int wanted = Math.min(offered, open.getOrDefault(lane, 0));
                int got = wanted == 0 ? 0 : taker.take(lane, wanted);
                open.put(lane, got < wanted ? 0 : open.getOrDefault(lane, 0) - got);
                left = offered - got;
                taken += got;
            }
        }
        return taken;
    }

    private boolean isDue(Lane lane) {
        return passed(lane) >= PATIENCE;
    }

    private int passed(Lane lane) {
        return passed.getOrDefault(lane, 0);
    }
}
