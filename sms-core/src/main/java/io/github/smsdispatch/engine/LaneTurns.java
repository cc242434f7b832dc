package io.github.smsdispatch.engine;

import io.github.smsdispatch.Lane;
import java.util.EnumMap;
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
     * Gives places away.
     *
     * @param places how many; not negative
     * @param waiting the lanes that wait; not empty
     * @return how many each of them gets, if any
     */
    Map<Lane, Integer> share(int places, Set<Lane> waiting) {
        var shares = new EnumMap<Lane, Integer>(Lane.class);
        for (int i = 0; i < places; i++) {
            shares.merge(next(waiting), 1, Integer::sum);
        }
        return shares;
    }

    private Lane next(Set<Lane> waiting) {
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

    private boolean isDue(Lane lane) {
        return passed(lane) >= PATIENCE;
    }

    private int passed(Lane lane) {
        return passed.getOrDefault(lane, 0);
    }
}
