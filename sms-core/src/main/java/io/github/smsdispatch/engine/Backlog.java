package io.github.smsdispatch.engine;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.store.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
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

    /** Since when the first of each line is due, by the store's clock. */
    private final Map<Line, Instant> due = new HashMap<>();

    /** What the last look has shown and is not due yet. */
    private final Map<Line, Instant> foreseen = new HashMap<>();

    private Lookout.@Nullable Sight last;

    Backlog(Lookout lookout) {
        this.lookout = lookout;
    }

    /** Looks into the store, unless that was done a moment ago. */
    void look() {
        Lookout.Sight sight = lookout.look();
        synchronized (this) {
            if (last == null || last.number() != sight.number()) {
                foreseen.clear();
                foreseen.putAll(sight.outlook().lines());
            }
            last = sight;
            foreseen.entrySet().removeIf(each -> {
                boolean isDue = !each.getValue().isAfter(sight.now());
                if (isDue) {
                    due.put(each.getKey(), each.getValue());
                }
                return isDue;
            });
        }
    }

    /** Says that a line has got a message, or may hold more. */
    synchronized void add(Line line, Instant since) {
        due.putIfAbsent(line, since);
    }

    /** Says that a line is about to be emptied; what comes meanwhile counts again. Null: it was empty. */
    synchronized @Nullable Instant take(Line line) {
        return due.remove(line);
    }

    /** The lanes in which somebody waits for the account; null: for any. */
    synchronized Set<Lane> lanes(@Nullable ProviderAccount account) {
        Set<Lane> lanes = EnumSet.noneOf(Lane.class);
        for (Lane lane : Lane.values()) {
            if (due.containsKey(new Line(account, lane))) {
                lanes.add(lane);
            }
        }
        return lanes;
    }

    /** All lines in which somebody waits. */
    synchronized List<Line> lines() {
        return new ArrayList<>(due.keySet());
    }
}
