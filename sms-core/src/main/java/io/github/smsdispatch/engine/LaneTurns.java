package io.github.smsdispatch.engine;

import io.github.smsdispatch.Lane;
import java.util.EnumMap;
import java.util.EnumSet;
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
     * Gives several places away. What a lane leaves goes to those below it, but not past one that may want more itself: that
     * gets it the next time.
     *
     * @param most how many places each lane may have, at least 1; all together get no more than the one that may have most
     * @return how many were taken; 0: no lane has any use for them
     */
    int share(EnumMap<Lane, Integer> most, Taker taker) {
        int places = most.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        var shares = new EnumMap<Lane, Integer>(Lane.class);
        for (int i = 0; i < places; i++) {
            shares.merge(next(most.keySet()), 1, Integer::sum);
        }
        int left = 0;
        int taken = 0;
        boolean isContentAbove = true;
        Set<Lane> asked = EnumSet.noneOf(Lane.class);
        for (Map.Entry<Lane, Integer> each : most.entrySet()) {
            int share = shares.getOrDefault(each.getKey(), 0);
            int wanted = Math.min(each.getValue(), isContentAbove ? share + left : share);
            int got = 0;
            if (wanted > 0) {
                asked.add(each.getKey());
                got = taker.take(each.getKey(), wanted);
            }
            left += share - got;
            taken += got;
            isContentAbove &= got < wanted || wanted == each.getValue();
        }
        // Those whose turn it was may have had nothing; then it is the others'.
        return taken > 0 ? taken : takeAll(most, asked, taker);
    }

    private static int takeAll(Map<Lane, Integer> most, Set<Lane> but, Taker taker) {
        for (Map.Entry<Lane, Integer> each : most.entrySet()) {
            int taken = but.contains(each.getKey()) ? 0 : taker.take(each.getKey(), each.getValue());
            if (taken > 0) {
                return taken;
            }
        }
        return 0;
    }

    private boolean isDue(Lane lane) {
        return passed(lane) >= PATIENCE;
    }

    private int passed(Lane lane) {
        return passed.getOrDefault(lane, 0);
    }
}
