package io.github.smsdispatch.killharness;

import java.util.EnumMap;
import java.util.Map;

/** How many processes of each kind were killed, how many stopped, and what ended by itself. Used by one thread. */
final class KillCount {
    private final Map<Role, Integer> kills = new EnumMap<>(Role.class);
    private int stops;
    private int deaths;

    void killed(Role role) {
        kills.merge(role, 1, Integer::sum);
    }

    void stopped() {
        stops++;
    }

    void died() {
        deaths++;
    }

    int of(Role role) {
        return kills.getOrDefault(role, 0);
    }

    int all() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Nodes that were asked to end, and did. */
    int stops() {
        return stops;
    }

    /** Processes that ended although nobody killed them. */
    int deaths() {
        return deaths;
    }
}
