package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.Line;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives the places of a request to its lanes, the most urgent first: what one leaves goes to those below it. */
public final class Places {
    private Places() {}

    /**
     * Takes messages from a lane.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        /** Takes as many as there are, up to a number, and says how many. */
        int take(Line line, int most) throws E;
    }

    /** Lets messages be taken from each lane; returns those that had too few. */
    public static <E extends Exception> Set<Line> give(BeginRequest request, Taker<E> taker) throws E {
        var emptied = new HashSet<Line>();
        int left = 0;
        for (Map.Entry<Lane, Integer> each : request.places().entrySet()) {
            var line = new Line(request.account(), each.getKey());
            int most = each.getValue() + left;
            int taken = taker.take(line, most);
            left = most - taken;
            if (left > 0) {
                emptied.add(line);
            }
        }
        return emptied;
    }
}
