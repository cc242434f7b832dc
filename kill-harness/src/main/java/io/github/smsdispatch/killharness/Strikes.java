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
     * @param stops how many orderly stops of a node come among the kills
     * @param databaseToo whether the database may be killed
     */
    static List<Strike> draw(int kills, int stops, long seed, boolean databaseToo) {
        var roles = EnumSet.allOf(Role.class);
        if (!databaseToo) {
            roles.remove(Role.DATABASE);
        }
        return new Strikes(seed, roles).draw(kills, stops);
    }

    private record Blow(Role role, boolean orderly) {}

    private List<Strike> draw(int kills, int stops) {
        List<Blow> early = early(kills - kills / ONE_IN_THE_TAIL, stops - stops / ONE_IN_THE_TAIL);
        List<Blow> late = late(kills / ONE_IN_THE_TAIL, stops / ONE_IN_THE_TAIL);
        var strikes = new ArrayList<Strike>();
        for (Blow blow : early) {
            strikes.add(strike(blow, (strikes.size() + random.nextDouble()) / (early.size() + 1), millis(300, 1000)));
        }
        for (Blow blow : late) {
            strikes.add(strike(blow, 1, millis(500, 2500)));
        }
        return strikes;
    }

    private Strike strike(Blow blow, double after, Duration pause) {
        boolean stays =
                random.nextInt(ONE_STAYS_AWAY) == 0 && blow.role() != Role.ENQUEUER; // nobody takes over from it
        Duration back = stays ? millis(6000, 9000) : millis(0, 2500);
        return new Strike(blow.role(), blow.orderly(), after, pause, back);
    }

    private List<Blow> early(int kills, int stops) {
        var blows = new ArrayList<Blow>();
        for (Role role : roles) {
            if (blows.size() < kills) {
                blows.add(new Blow(role, false));
            }
        }
        while (blows.size() < kills) {
            blows.add(new Blow(any(roles), false));
        }
        return shuffled(blows, stops);
    }

    /** The enqueuer has ended by then. */
    private List<Blow> late(int kills, int stops) {
        Set<Role> others = EnumSet.copyOf(roles);
        others.remove(Role.ENQUEUER);
        var blows = new ArrayList<Blow>();
        for (int i = 0; i < kills; i++) {
            blows.add(new Blow(any(others), false));
        }
        return shuffled(blows, stops);
    }

    private List<Blow> shuffled(List<Blow> kills, int stops) {
        kills.addAll(Collections.nCopies(stops, new Blow(Role.NODE, true)));
        Collections.shuffle(kills, random);
        return kills;
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
