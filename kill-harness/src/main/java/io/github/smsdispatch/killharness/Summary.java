package io.github.smsdispatch.killharness;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.testkit.carrier.CarrierState;
import io.github.smsdispatch.testkit.carrier.LedgerFinding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came out, as tables: rows of cells, with the head first. */
final class Summary {
    private static final Set<CarrierState> FAILED = EnumSet.of(CarrierState.UNDELIVERED, CarrierState.EXPIRED);
    private static final Set<CarrierState> ON_ITS_WAY = EnumSet.of(CarrierState.ACCEPTED, CarrierState.SENT);

    private final Outcome outcome;

    Summary(Outcome outcome) {
        this.outcome = outcome;
    }

    /** Each number that must be zero, and a few that need not. */
    List<List<String>> findings() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("What", "Messages", "Must be 0"));
        rows.add(row("enqueued", outcome.plan().options().messages(), false));
        for (var accepted : outcome.ledgers().accepted().entrySet()) {
            rows.add(row("taken by " + accepted.getKey().provider(), accepted.getValue(), false));
        }
        rows.add(row("lost: confirmed, and not in the store", count(LedgerFinding.MISSING), true));
        rows.add(row("lost: unknown when enqueued again", outcome.forgotten(), true));
        rows.add(row("lost: called taken, and no carrier has it", count(LedgerFinding.NOT_TAKEN), true));
        rows.add(row("taken twice against their policy", count(LedgerFinding.TWICE), true));
        rows.add(row("taken twice as their policy allows", count(LedgerFinding.REPEATED), false));
        rows.add(row("taken under a reference that the store does not know", count(LedgerFinding.STRANGER), true));
        rows.add(row("kept twice by the store", outcome.surplus(), true));
        rows.add(row("not final", count(LedgerFinding.OPEN), true));
        rows.add(row("state contradicts the ledgers", count(LedgerFinding.CONTRADICTED), true));
        rows.add(row("history does not lead to the state", outcome.histories().brokenCount(), true));
        rows.add(row("were in doubt at some time", outcome.histories().doubted(), false));
        rows.add(row(
                "went into the queue again after a doubt", outcome.histories().queuedAgain(), false));
        return rows;
    }

    /** How often each kind of process was killed, and what ended by itself. */
    List<List<String>> kills() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Killed", "Times"));
        for (Role role : Role.values()) {
            rows.add(List.of(role.word(), number(outcome.kills().of(role))));
        }
        rows.add(List.of("all", number(outcome.kills().all())));
        rows.add(List.of("node, stopped in order", number(outcome.kills().stops())));
        return rows;
    }

    /** Where the messages stand on both sides. */
    List<List<String>> states() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("The store says", "The ledgers say", "Messages", ""));
        outcome.ledgers()
                .states()
                .forEach((pair, messages) -> rows.add(List.of(
                        pair.state().name(),
                        pair.atCarrier() == null
                                ? "never taken"
                                : pair.atCarrier().name().toLowerCase(Locale.ROOT),
                        number(messages),
                        why(pair.state(), pair.atCarrier()))));
        return rows;
    }

    private static String why(MessageState state, @Nullable CarrierState atCarrier) {
        boolean delivered = atCarrier == CarrierState.DELIVERED;
        boolean failed = atCarrier != null && FAILED.contains(atCarrier);
        return switch (state) {
            case DELIVERED -> delivered ? "agreed" : "WRONG";
            case UNDELIVERED -> failed ? "agreed" : "see the ledgers: right only if it was taken twice";
            case UNCONFIRMED -> {
                if (atCarrier == null) {
                    yield "right: a doubt that could not be settled, and the message must not be repeated";
                }
                yield ON_ITS_WAY.contains(atCarrier)
                        ? "right: the carrier never says how it ended"
                        : "allowed: no word got through by the end of validity and grace";
            }
            case EXPIRED -> atCarrier == null ? "right: its validity ended before a carrier took it" : "WRONG";
            case SUPPRESSED ->
                atCarrier == null ? "right: a carrier had reported that the recipient opted out" : "WRONG";
            case REJECTED, CANCELLED -> atCarrier == null ? "right: no carrier has it" : "WRONG";
            case SCHEDULED, QUEUED, SUBMITTING, IN_DOUBT, SENT -> "NOT FINAL";
        };
    }

    /** Where to look first if something is wrong. */
    List<String> examples() {
        var lines = new ArrayList<String>();
        for (LedgerFinding finding : LedgerFinding.values()) {
            lines.addAll(example(
                    finding.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    outcome.ledgers().examples(finding)));
        }
        lines.addAll(example("broken history", outcome.histories().broken()));
        return lines;
    }

    private static List<String> example(String what, List<MessageId> some) {
        return some.isEmpty()
                ? List.of()
                : List.of(what + ": " + some.stream().map(MessageId::toString).collect(Collectors.joining(", ")));
    }

    /** The end of it in one line. */
    String verdict() {
        String time = String.format(Locale.ROOT, "%,d s", outcome.elapsed().toSeconds());
        String all = number(outcome.plan().options().messages()) + " messages, "
                + number(outcome.kills().all()) + " kills, "
                + number(outcome.kills().stops()) + " stops, " + time + ": ";
        if (outcome.isGood()) {
            return all + "0 lost, 0 twice, all final.";
        }
        var wrong = new ArrayList<String>();
        findings().stream()
                .skip(1)
                .filter(row -> row.get(2).equals("yes") && !row.get(1).equals("0"))
                .forEach(row -> wrong.add(row.get(1) + " " + row.get(0)));
        if (outcome.kills().deaths() > 0) {
            wrong.add(number(outcome.kills().deaths()) + " processes ended by themselves");
        }
        if (!outcome.ended()) {
            wrong.add("given up");
        }
        return all + "NOT GOOD: " + String.join("; ", wrong) + ".";
    }

    private long count(LedgerFinding finding) {
        return outcome.ledgers().count(finding);
    }

    private static List<String> row(String what, long messages, boolean mustBeZero) {
        return List.of(what, number(messages), mustBeZero ? "yes" : "");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
