package io.github.smsdispatch.killharness;

import java.time.Duration;

/**
 * How a run goes about what it is asked for.
 *
 * @param perSecond how many messages are enqueued a second at the most, so that kills fall into all of the work
 */
record Plan(Options options, Campaign campaign, int perSecond) {
    private static final Duration BETWEEN_KILLS = Duration.ofMillis(2500);
    private static final Duration SHORTEST = Duration.ofSeconds(8);
    private static final long SHORTEST_VALIDITY = 30;
    private static final long VALIDITY_FOR_EACH_KILL = 6;
    private static final long LONGEST_VALIDITY = 150;

    static Plan of(Options options) {
        Duration work = BETWEEN_KILLS.multipliedBy(options.kills() + options.stops());
        work = work.compareTo(SHORTEST) < 0 ? SHORTEST : work;
        return new Plan(options, new Campaign(options.seed(), options.messages(), validity(options)), (int)
                Math.max(1, options.messages() * 1000L / work.toMillis()));
    }

    /**
     * Long enough for a message to outlive several kills around it, and short enough that the run, which has to wait for
     * the end of it where a carrier says nothing any more, ends.
     */
    private static Duration validity(Options options) {
        Duration wanted = options.validity();
        return wanted != null
                ? wanted
                : Duration.ofSeconds(
                        Math.min(LONGEST_VALIDITY, SHORTEST_VALIDITY + VALIDITY_FOR_EACH_KILL * options.kills()));
    }

    /** How long after the last message was enqueued the last one must be final, if all goes well. */
    Duration patience() {
        return campaign.validity().plus(NodeProgram.GRACE).plusSeconds(60);
    }
}
