package io.github.smsdispatch.testkit.carrier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A message that the carrier accepted.
 *
 * @param ids the carrier's ids, unique within the ledger
 * @param life what becomes of it
 * @param receiptFault what goes wrong with its receipts
 */
record CarrierMessage(
        String provider, List<String> ids, Draft draft, Instant acceptedAt, Life life, ReceiptFault receiptFault) {
    CarrierMessage {
        ids = List.copyOf(ids);
    }

    String id() {
        return ids.get(0);
    }

    CarrierState stateAt(Instant now) {
        Life.Step step = life.stepAt(now);
        return step == null ? CarrierState.ACCEPTED : step.state();
    }

    LedgerEntry entryAt(Instant now) {
        return new LedgerEntry(
                provider,
                ids,
                draft.reference(),
                draft.recipient(),
                Ledger.textHash(draft.text()),
                draft.segments(),
                acceptedAt,
                stateAt(now));
    }

    /** The steps to report, each with the time of its report, in the order of reporting. */
    List<Report> reports() {
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

    /** A step to report, and when. */
    record Report(Instant due, Life.Step step) {}
}
