package io.github.smsdispatch.engine;

import io.github.smsdispatch.Lane;
import io.github.smsdispatch.store.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * What is claimed for one account and not yet begun: the lanes in their turns, in each lane the first come. Each lane has
 * places of its own, bounded, so that one account that is slow does not hold all claims of the node, and a blast that waits
 * does not keep replies out. Only the stepping thread touches it.
 */
final class WaitingRoom {
    /** A claim, and when this engine got it by its own clock. */
    record Guest(Claim claim, Instant since) {
        /** How long it has been claimed. */
        Duration age(Instant now) {
            return Duration.between(since, now);
        }
    }

    private final IntSupplier mostOfALane;
    private final Map<Lane, Queue<Guest>> guests = new EnumMap<>(Lane.class);

    /** The lanes in which somebody waits. */
    private final Set<Lane> waiting = EnumSet.noneOf(Lane.class);

    private final LaneTurns turns = new LaneTurns();

    /** @param mostOfALane how many of each lane may wait; may change with time */
    WaitingRoom(IntSupplier mostOfALane) {
        this.mostOfALane = mostOfALane;
        for (Lane lane : Lane.values()) {
            guests.put(lane, new ArrayDeque<>());
        }
    }

    /**
     * Takes a claim in; false if there is no room for its lane.
     *
     * @param leaving how many are about to go, and take no place from who stays
     */
    boolean admit(Claim claim, Instant now, int leaving) {
        Lane lane = claim.message().lane();
        boolean isAdmitted =
                size(lane) < mostOfALane.getAsInt() + leaving && lane(lane).add(new Guest(claim, now));
        if (isAdmitted) {
            waiting.add(lane);
        }
        return isAdmitted;
    }

    /**
     * The next to go.
     *
     * @throws NoSuchElementException if nobody waits
     */
    Guest next() {
        if (waiting.isEmpty()) {
            throw new NoSuchElementException("nobody waits");
        }
        Lane turn = turns.next(waiting);
        Guest guest = lane(turn).remove();
        if (lane(turn).isEmpty()) {
            waiting.remove(turn);
        }
        return guest;
    }

    int size() {
        return guests.values().stream().mapToInt(Queue::size).sum();
    }

    /** How many wait in the lane. */
    int size(Lane lane) {
        return lane(lane).size();
    }

    /** How many wait in the lane and in those more urgent. */
    int sizeUpTo(Lane lane) {
        return guests.entrySet().stream()
                .filter(each -> each.getKey().compareTo(lane) <= 0)
                .mapToInt(each -> each.getValue().size())
                .sum();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether at least half of the places of the lane are free. */
    boolean isHalfEmpty(Lane lane) {
        return size(lane) * 2 <= mostOfALane.getAsInt();
    }

    /** Sends away who has waited too long: another engine may soon take the lease for ended. */
    List<Claim> leaveAfter(Duration patience, Instant now) {
        var stale = new ArrayList<Claim>();
        guests.values()
                .forEach(lane -> lane.removeIf(guest -> {
                    boolean isStale = guest.age(now).compareTo(patience) > 0;
                    if (isStale) {
                        stale.add(guest.claim());
                    }
                    return isStale;
                }));
        waiting.removeIf(lane -> lane(lane).isEmpty());
        return stale;
    }

    /** Sends everybody away. */
    List<Claim> leaveAll() {
        var all = new ArrayList<Claim>();
        guests.values().forEach(lane -> {
            lane.forEach(guest -> all.add(guest.claim()));
            lane.clear();
        });
        waiting.clear();
        return all;
    }

    private Queue<Guest> lane(Lane lane) {
        return guests.getOrDefault(lane, new ArrayDeque<>());
    }
}
