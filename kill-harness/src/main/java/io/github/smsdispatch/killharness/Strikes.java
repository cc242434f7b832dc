package io.github.smsdispatch.killharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Draws the kills of a run. The same seed draws the same kills; what they hit is a matter of moments all the same, so no
 * two runs are alike.
 */
final class Strikes {
    /** One in so many strikes comes when all is enqueued, and doubts and receipts are what is left to do. */
    private static final int ONE_IN_THE_TAIL = 6;

    /** One in so many processes stays away for longer than a lease, so that the others must take over. */
    private static final int ONE_STAYS_AWAY = 5;

    private final Random random;
    private final Set<Role> roles;

    private Strikes(long seed, Set<Role> roles) {
        this.random = new Random(seed);
        this.roles = roles;
    }

    /**
     * Draws them, in the order in which they are to come. With at least as many kills as roles, each role gets one.
     *
     * @param databaseToo whether the database may be killed
     */
    static List<Strike> draw(int kills, long seed, boolean databaseToo) {
        var roles = EnumSet.allOf(Role.class);
        if (!databaseToo) {
            roles.remove(Role.DATABASE);
        }
        return new Strikes(seed, roles).draw(kills);
    }

    private List<Strike> draw(int kills) {
        int tail = kills / ONE_IN_THE_TAIL;
        List<Role> order = order(kills, tail);
        var strikes = new ArrayList<Strike>();
        for (int i = 0; i < kills; i++) {
            boolean early = i < kills - tail;
            double after = early ? (i + random.nextDouble()) / (kills - tail + 1) : 1;
            Duration pause = millis(early ? 300 : 500, early ? 1000 : 2500);
            Duration back = random.nextInt(ONE_STAYS_AWAY) == 0 ? millis(6000, 9000) : millis(0, 2500);
            strikes.add(new Strike(order.get(i), after, pause, back));
        }
        return strikes;
    }

    /** The enqueuer has ended by the time of the tail. */
    private List<Role> order(int kills, int tail) {
        var early = new ArrayList<Role>();
        for (Role role : roles) {
            if (early.size() < kills - tail) {
                early.add(role);
            }
        }
        while (early.size() < kills - tail) {
            early.add(any(roles));
        }
        Collections.shuffle(early, random);
        Set<Role> others = EnumSet.copyOf(roles);
        others.remove(Role.ENQUEUER);
        for (int i = 0; i < tail; i++) {
            early.add(any(others));
        }
        return early;
    }

    private Role any(Set<Role> of) {
        int at = random.nextInt(of.stream().mapToInt(Role::share).sum());
        for (Role role : of) {
            at -= role.share();
            if (at < 0) {
                return role;
            }
        }
        throw new IllegalStateException("shares that do not add up");
    }

    private Duration millis(int least, int most) {
        return Duration.ofMillis(least + random.nextInt(most - least));
    }
}
