package io.github.smsdispatch.engine;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.store.Line;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines that may hold a message that is due, as far as this engine knows: by the last look into the store, and by what it
 * has put there since. So a step asks for nothing where nothing is. Thread-safe.
 */
final class Backlog {
    private final Lookout lookout;

    private final Set<Line> due = new HashSet<>();

    /** What the last look has shown and is not due yet. */
    private final Map<Line, Instant> foreseen = new HashMap<>();

    /** Which look that was. */
    private long seen = -1;

    Backlog(Lookout lookout) {
        this.lookout = lookout;
    }

    /** Looks into the store, unless that was done a moment ago. */
    void look() {
        Lookout.Sight sight = lookout.look();
        synchronized (this) {
            if (seen != sight.number()) {
                foreseen.clear();
                foreseen.putAll(sight.outlook().lines());
            }
            seen = sight.number();
            foreseen.entrySet().removeIf(each -> {
                boolean isDue = !each.getValue().isAfter(sight.now());
                if (isDue) {
                    due.add(each.getKey());
                }
                return isDue;
            });
        }
    }

    /** Says that a line has got a message, or may hold more. */
    synchronized void add(Line line) {
        due.add(line);
    }

    /** Says that a line is about to be emptied; what comes meanwhile counts again. */
    synchronized void take(Line line) {
        due.remove(line);
    }

    /** The lanes in which somebody waits for the account; null: for any. */
    synchronized Set<Lane> lanes(@Nullable ProviderAccount account) {
        Set<Lane> lanes = EnumSet.noneOf(Lane.class);
        for (Lane lane : Lane.values()) {
            if (due.contains(new Line(account, lane))) {
                lanes.add(lane);
            }
        }
        return lanes;
    }

    /** All lines in which somebody waits. */
    synchronized List<Line> lines() {
        return List.copyOf(due);
    }
}
