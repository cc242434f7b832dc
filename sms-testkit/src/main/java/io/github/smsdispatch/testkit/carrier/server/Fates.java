package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Draws what happens to each submission. The draw depends on the seed, the text, the recipient and how often that pair
 * came before, never on the order in which threads bring submissions in.
 */
final class Fates {
    private final long seed;
    private final Map<Long, Integer> tries = new ConcurrentHashMap<>();
    private final Queue<SubmissionFault> nextSubmissions = new ConcurrentLinkedQueue<>();
    private final Queue<ReceiptFault> nextMessages = new ConcurrentLinkedQueue<>();

    Fates(long seed) {
        this.seed = seed;
    }

    /**
     * What happens to one message and to the request that brings it.
     *
     * @param delay from acceptance to the final receipt
     * @param goesDarkAfter whether connections are refused for a while afterwards
     * @param random for ids and codes
     */
    record Fate(
            Duration latency,
            SubmissionFault submissionFault,
            Duration delay,
            Life.Ending ending,
            boolean goesDarkAfter,
            SplittableRandom random) {
        private Fate with(SubmissionFault fault, Duration latencyOfRequest) {
            return new Fate(latencyOfRequest, fault, delay, ending, goesDarkAfter, random);
        }
    }

    /** The next submissions, in the order of arrival, meet this fault instead of a drawn one. */
    void nextSubmissions(int count, SubmissionFault fault) {
        for (int i = 0; i < count; i++) {
            nextSubmissions.add(fault);
        }
    }

    /** The receipts of the next accepted messages meet this fault instead of a drawn one. */
    void nextMessages(int count, ReceiptFault fault) {
        for (int i = 0; i < count; i++) {
            nextMessages.add(fault);
        }
    }

    /** The fate of a request, and of the first message in it. */
    Fate draw(String provider, Draft draft, Script script) {
        Fate drawn = drawn(provider, draft, script);
        SubmissionFault scripted = nextSubmissions.poll();
        return scripted == null ? drawn : drawn.with(scripted, drawn.latency());
    }

    /** The fate of a further message in a request: its own life, and of the first what concerns the request. */
    Fate drawNext(String provider, Draft draft, Script script, Fate first) {
        return drawn(provider, draft, script).with(first.submissionFault(), first.latency());
    }

    private Fate drawn(String provider, Draft draft, Script script) {
        long key = hash(provider + "\n" + draft.recipient() + "\n" + draft.text());
        int attempt = tries.merge(key, 1, Integer::sum);
        var random = new SplittableRandom(seed ^ Long.rotateLeft(key, 17) ^ (attempt * 0x9E3779B97F4A7C15L));
        // All numbers are drawn each time and in this order, so that one share in a script does not move another's
        // draws.
        double latency = random.nextDouble();
        double submission = random.nextDouble();
        double delay = random.nextDouble();
        double ending = random.nextDouble();
        double dark = random.nextDouble();
        return new Fate(
                script.latency().at(latency),
                pick(script.submissionShares(), submission, SubmissionFault.NONE),
                script.delivery().at(delay),
                ending(script, ending),
                dark < script.refuse(),
                random);
    }

    /** Drawn only once a message is accepted, so that a scripted fault is not used up by a refusal. */
    ReceiptFault drawReceiptFault(Fate fate, Script script) {
        double share = fate.random().nextDouble();
        ReceiptFault scripted = nextMessages.poll();
        return scripted == null ? pick(script.receiptShares(), share, ReceiptFault.NONE) : scripted;
    }

    /** The draw for a request that is no submission. */
    SplittableRandom drawFor(HttpCall call) {
        long key = hash(call.path() + "?" + call.query());
        int attempt = tries.merge(key, 1, Integer::sum);
        return new SplittableRandom(seed ^ Long.rotateLeft(key, 29) ^ (attempt * 0x9E3779B97F4A7C15L));
    }

    /** The draw for a text from a phone. */
    SplittableRandom drawForText() {
        long key = hash("text from a phone");
        int attempt = tries.merge(key, 1, Integer::sum);
        return new SplittableRandom(seed ^ Long.rotateLeft(key, 41) ^ (attempt * 0x9E3779B97F4A7C15L));
    }

    private static Life.Ending ending(Script script, double share) {
        if (share < script.undelivered()) {
            return Life.Ending.UNDELIVERED;
        }
        return share < script.undelivered() + script.noFinal() ? Life.Ending.SILENT : Life.Ending.DELIVERED;
    }

    private static <F> F pick(Map<F, Double> shares, double at, F otherwise) {
        double sum = 0;
        for (Map.Entry<F, Double> entry : shares.entrySet()) {
            sum += entry.getValue();
            if (at < sum) {
                return entry.getKey();
            }
        }
        return otherwise;
    }

    /** FNV-1a over the characters: the same on every JVM, and 64 bits wide. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
