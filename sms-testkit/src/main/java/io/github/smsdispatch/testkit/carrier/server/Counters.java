package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.CarrierStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What {@link CarrierStatistics} are taken from. */
final class Counters {
    final LongAdder requests = new LongAdder();
    final LongAdder submissions = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder answersLost = new LongAdder();
    final LongAdder receiptsSent = new LongAdder();
    final LongAdder receiptsRepeated = new LongAdder();
    final LongAdder receiptsLost = new LongAdder();
    final LongAdder receiptsGivenUp = new LongAdder();
    final LongAdder timesDark = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();

    void refused(String kind) {
        refused.computeIfAbsent(kind, key -> new LongAdder()).increment();
    }

    CarrierStatistics snapshot(long receiptsOpen) {
        var refusals = new TreeMap<String, Long>();
        refused.forEach((kind, count) -> refusals.put(kind, count.sum()));
        return new CarrierStatistics(
                requests.sum(),
                submissions.sum(),
                accepted.sum(),
                answersLost.sum(),
                refusals,
                receiptsSent.sum(),
                receiptsRepeated.sum(),
                receiptsLost.sum(),
                receiptsGivenUp.sum(),
                receiptsOpen,
                timesDark.sum());
    }
}
