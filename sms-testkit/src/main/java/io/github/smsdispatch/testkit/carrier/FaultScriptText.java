package io.github.smsdispatch.testkit.carrier;

import io.github.smsdispatch.testkit.carrier.server.Script;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link FaultScript} as text. */
final class FaultScriptText {
    private static final Pattern COUNTS = Pattern.compile("([0-9]{1,9})\\.\\.([0-9]{1,9})");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private FaultScriptText() {}

    static FaultScript parse(String text) {
        var builder = FaultScript.builder();
        Map<String, Consumer<String>> readers = readers(builder);
        var problems = new ArrayList<String>();
        for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equals = item.indexOf('=');
            String name = (equals < 0 ? item : item.substring(0, equals)).strip();
            Consumer<String> reader = readers.get(name);
            if (reader == null) {
                problems.add("unknown fault '" + name + "' (known: " + String.join(", ", readers.keySet()) + ")");
                continue;
            }
            try {
                reader.accept(equals < 0 ? "" : item.substring(equals + 1).strip());
            } catch (IllegalArgumentException e) {
                problems.add(name + ": " + e.getMessage());
            }
        }
        if (problems.isEmpty()) {
            try {
                return builder.build();
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        throw new IllegalArgumentException("cannot use this fault script: " + String.join("; ", problems));
    }

    static String format(Script script) {
        var items = new ArrayList<String>();
        items.add("latency=" + format(script.latency()));
        items.add("delivery=" + format(script.delivery()));
        script.submissionShares().forEach((fault, share) -> items.add(fault.key() + "=" + percent(share)));
        script.receiptShares().forEach((fault, share) -> items.add(fault.key() + "=" + percent(share)));
        items.add("undelivered=" + percent(script.undelivered()));
        items.add("no-final=" + percent(script.noFinal()));
        items.add("lookup503=" + percent(script.lookup503()));
        items.add("listing-lag=" + script.listingLag().toMillis() + "ms");
        items.add(
                "refuse=" + percent(script.refuse()) + "/" + script.refuseFor().toMillis() + "ms");
        script.darkTimes().forEach(range -> items.add("dark=" + format(range)));
        script.darkCounts().forEach(range -> items.add("dark=" + range.first() + ".." + range.last()));
        items.removeIf(item -> item.matches("[a-z0-9-]+=0(%|%/.*|ms|ms\\.\\.0ms)"));
        return String.join(",", items);
    }

    private static Map<String, Consumer<String>> readers(FaultScript.Builder builder) {
        var readers = new LinkedHashMap<String, Consumer<String>>();
        readers.put("latency", value -> range(value, builder::latency));
        readers.put("delivery", value -> range(value, builder::delivery));
        for (SubmissionFault fault : SubmissionFault.values()) {
            if (fault != SubmissionFault.NONE) {
                readers.put(fault.key(), value -> builder.share(fault, share(value)));
            }
        }
        for (ReceiptFault fault : ReceiptFault.values()) {
            if (fault != ReceiptFault.NONE) {
                readers.put(fault.key(), value -> builder.share(fault, share(value)));
            }
        }
        readers.put("undelivered", value -> builder.undelivered(share(value)));
        readers.put("no-final", value -> builder.noFinal(share(value)));
        readers.put("lookup503", value -> builder.lookup503(share(value)));
        readers.put("listing-lag", value -> builder.listingLag(duration(value)));
        readers.put("refuse", value -> refuse(value, builder));
        readers.put("dark", value -> dark(value, builder));
        return readers;
    }

    private interface RangeTarget {
        FaultScript.Builder accept(Duration min, Duration max);
    }

    private static void range(String value, RangeTarget target) {
        List<String> ends = Arrays.asList(value.split("\\.\\.", -1));
        if (ends.size() > 2) {
            throw new IllegalArgumentException("'" + value + "' is no range such as 20ms..80ms");
        }
        target.accept(duration(ends.get(0)), duration(ends.get(ends.size() - 1)));
    }

    private static void refuse(String value, FaultScript.Builder builder) {
        int slash = value.indexOf('/');
        Duration time = slash < 0 ? FaultScript.none().script.refuseFor() : duration(value.substring(slash + 1));
        builder.refuse(share(slash < 0 ? value : value.substring(0, slash)), time);
    }

    private static void dark(String value, FaultScript.Builder builder) {
        Matcher counts = COUNTS.matcher(value);
        if (counts.matches()) {
            builder.dark(Integer.parseInt(counts.group(1)), Integer.parseInt(counts.group(2)));
        } else if (value.contains("..")) {
            range(value, builder::dark);
        } else {
            throw new IllegalArgumentException(
                    "'" + value + "' is neither times (10s..15s) nor submissions (200..260)");
        }
    }

    private static double share(String value) {
        try {
            if (value.endsWith("%")) {
                return new BigDecimal(value.substring(0, value.length() - 1))
                        .movePointLeft(2)
                        .doubleValue();
            }
        } catch (NumberFormatException e) {
            // told below, like a missing percent sign
        }
        throw new IllegalArgumentException("'" + value + "' is no share such as 5% or 0.5%");
    }

    private static Duration duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + value + "' is no time such as 20ms, 2s, 5m or 1h");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static String format(Script.DurationRange range) {
        return range.min().toMillis() + "ms.." + range.max().toMillis() + "ms";
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
