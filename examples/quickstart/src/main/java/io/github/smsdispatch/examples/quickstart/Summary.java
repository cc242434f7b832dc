package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.CarrierStatistics;
import io.github.smsdispatch.testkit.carrier.LedgerComparison;
import io.github.smsdispatch.testkit.carrier.LedgerFinding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is on the screen at the end. */
final class Summary {
    private static final String NOBODY = "no provider";
    private static final String ALL = "all";
    private static final int NUMBER = 11;

    private final Ink ink;
    private final Collection<ProviderAccount> accounts;
    private final int nameWidth;

    Summary(Ink ink, Collection<ProviderAccount> accounts) {
        this.ink = ink;
        this.accounts = accounts;
        this.nameWidth = Words.nameWidth(accounts);
    }

    /** States down, accounts across. */
    List<String> table(Progress end) {
        var lines = new ArrayList<String>();
        var head = new StringBuilder(" ".repeat(nameWidth + 2));
        accounts.forEach(account -> head.append(right(account.toString(), width(account.toString()))));
        head.append(right(NOBODY, width(NOBODY))).append(right(ALL, width(ALL)));
        lines.add(ink.faint(head.toString()));
        for (MessageState state : MessageState.values()) {
            if (end.messages(state) > 0) {
                lines.add(ink.of(state, row(end, state)));
            }
        }
        lines.add("  " + ink.faint(ink.rule(head.length() - 2)));
        lines.add(messages(end));
        lines.add(segments(end));
        return lines;
    }

    private String row(Progress end, MessageState state) {
        var line = new StringBuilder("  " + left(Words.state(state)));
        accounts.forEach(account -> line.append(cell(account, sum(end, state, account, StateCount::messages))));
        long others = end.messages(state)
                - accounts.stream()
                        .mapToLong(account -> sum(end, state, account, StateCount::messages))
                        .sum();
        return line.append(cell(NOBODY, others))
                .append(cell(ALL, end.messages(state)))
                .toString();
    }

    private interface Figure {
        long of(StateCount count);
    }

    private String messages(Progress end) {
        var line = new StringBuilder("  " + left("messages"));
        accounts.forEach(account -> line.append(cell(account, sum(end, null, account, StateCount::messages))));
        long handedOver = accounts.stream().mapToLong(end::messages).sum();
        return ink.bold(line.append(cell(NOBODY, end.messages() - handedOver))
                .append(cell(ALL, end.messages()))
                .toString());
    }

    /** What was never handed over has no segments in the air. */
    private String segments(Progress end) {
        var line = new StringBuilder("  " + left("segments"));
        accounts.forEach(account -> line.append(cell(account, sum(end, null, account, StateCount::segments))));
        return ink.bold(
                line.append(cell(NOBODY, 0)).append(cell(ALL, end.segments())).toString());
    }

    private static long sum(Progress end, @Nullable MessageState state, ProviderAccount account, Figure figure) {
        return end.counts().stream()
                .filter(count -> (state == null || count.state() == state) && account.equals(count.account()))
                .mapToLong(figure::of)
                .sum();
    }

    /** What the carriers did to us. */
    List<String> troubles(Map<ProviderAccount, CarrierSimulator> carriers) {
        var lines = new ArrayList<String>();
        carriers.forEach((account, carrier) -> {
            String line = troubles(carrier.statistics());
            lines.add("  " + left(account.toString()) + (line.isEmpty() ? "gave no trouble" : line));
        });
        return lines;
    }

    private static String troubles(CarrierStatistics statistics) {
        Map<String, Long> faults = CarrierMood.faults(statistics);
        return Stream.of(
                        times("throttled", faults.get("throttle")),
                        times("503", faults.get("http503")),
                        times("hung up", faults.get("drop-request")),
                        times("answers lost", faults.get("answers-lost")),
                        times("receipts lost", statistics.receiptsLost()),
                        times("repeated", statistics.receiptsRepeated()),
                        times("dark", statistics.timesDark()))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String times(String what, @Nullable Long count) {
        return count == null || count == 0 ? null : what + " " + Words.number(count) + "x";
    }

    /** What the comparison with the ledgers brought. */
    List<String> verdict(LedgerComparison result) {
        var lines = new ArrayList<String>();
        String held = result.accepted().entrySet().stream()
                .map(entry -> entry.getKey() + " " + Words.number(entry.getValue()))
                .collect(Collectors.joining(ink.dot()));
        lines.add("  The carriers' ledgers hold " + held + ".");
        String text = Words.number(result.lost()) + " lost" + ink.dot() + Words.number(result.twice()) + " sent twice";
        lines.add("  " + (result.isClean() ? ink.good(ink.tick() + " " + text) : ink.bad(ink.cross() + " " + text)));
        if (result.count(LedgerFinding.MISSING) > 0) {
            lines.add("  " + Words.count(result.count(LedgerFinding.MISSING), "message")
                    + " of the file not in the database");
        }
        if (result.count(LedgerFinding.CONTRADICTED) > 0) {
            lines.add("  "
                    + ink.bad(Words.count(result.count(LedgerFinding.CONTRADICTED), "message")
                            + " of which the ledgers say otherwise than the database"));
        }
        if (result.count(LedgerFinding.STRANGER) > 0) {
            lines.add("  "
                    + ink.bad(Words.number(result.count(LedgerFinding.STRANGER))
                            + " taken by a carrier under a reference that the database does not know"));
        }
        return lines;
    }

    private String left(String text) {
        return text + " ".repeat(Math.max(0, nameWidth - text.length()));
    }

    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /** As wide as the numbers below a heading, or the heading itself. */
    private static int width(String heading) {
        return Math.max(NUMBER, heading.length() + 2);
    }

    /** A number below the heading. */
    private static String cell(Object heading, long count) {
        return right(count == 0 ? "-" : Words.number(count), width(heading.toString()));
    }
}
