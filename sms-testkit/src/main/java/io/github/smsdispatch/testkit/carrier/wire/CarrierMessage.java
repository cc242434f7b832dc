package io.github.smsdispatch.testkit.carrier.wire;

import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A message that the carrier accepted.
 *
 * @param ids at least one; unique among those of the provider
 * @param life what becomes of it
 * @param receiptFault what goes wrong with its receipts
 */
public record CarrierMessage(
        String provider, List<String> ids, Draft draft, Instant acceptedAt, Life life, ReceiptFault receiptFault)
        implements Decision {
    public CarrierMessage {
        ids = List.copyOf(ids);
    }

    /** The first of its ids. */
    public String id() {
        return ids.get(0);
    }

    public CarrierState stateAt(Instant now) {
        Life.Step step = life.stepAt(now);
        return step == null ? CarrierState.ACCEPTED : step.state();
    }

    /** The steps to report, each with the time of its report, in the order of reporting. */
    public List<Report> reports() {
        var reports = new ArrayList<Report>();
        for (Life.Step step : life.steps()) {
            reports.add(new Report(step.at(), step));
        }
        return switch (receiptFault) {
            case NONE, EARLY_RECEIPT -> reports;
            case LOSE_RECEIPT -> List.of();
            case REPEAT_RECEIPT ->
                reports.stream()
                        .flatMap(report -> Collections.nCopies(2, report).stream())
                        .toList();
            case REORDER_RECEIPT -> {
                Instant last = reports.get(reports.size() - 1).due();
                reports.replaceAll(report -> new Report(last, report.step()));
                Collections.reverse(reports);
                yield reports;
            }
        };
    }

    /** Everything but the recipient and the text. */
    @Override
    public String toString() {
        return "CarrierMessage[" + provider + " " + ids + "]";
    }

    /** A step to report, and when. */
    public record Report(Instant due, Life.Step step) {}
}
