package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.CarrierStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What simulated carriers have been up to in the last moments. Nothing is known of real ones. Used by one thread. */
final class CarrierMood {
    /** A fault is over in milliseconds; nobody could read it. */
    private static final Duration SHOWN = Duration.ofMillis(1500);

    private static final int SHOWN_AT_ONCE = 2;

    private static final Map<String, String> WORDS = words();

    private final Map<ProviderAccount, CarrierSimulator> carriers;
    private final Map<ProviderAccount, Map<String, Long>> seen = new HashMap<>();
    private final Map<ProviderAccount, Map<String, Duration>> lastAt = new HashMap<>();

    CarrierMood(Map<ProviderAccount, CarrierSimulator> carriers) {
        this.carriers = carriers;
    }

    boolean isDark(ProviderAccount account) {
        CarrierSimulator carrier = carriers.get(account);
        return carrier != null && carrier.isDark();
    }

    /** Half-sentences such as {@code answers 503}; empty if all is well. */
    List<String> whims(ProviderAccount account, Duration elapsed) {
        CarrierSimulator carrier = carriers.get(account);
        if (carrier == null) {
            return List.of();
        }
        Map<String, Long> before = seen.computeIfAbsent(account, key -> new HashMap<>());
        Map<String, Duration> last = lastAt.computeIfAbsent(account, key -> new HashMap<>());
        faults(carrier.statistics()).forEach((fault, count) -> {
            Long earlier = before.put(fault, count);
            if (count > (earlier == null ? 0 : earlier)) {
                last.put(fault, elapsed);
            }
        });
        var whims = new ArrayList<String>();
        WORDS.forEach((fault, words) -> {
            Duration at = last.get(fault);
            if (at != null && elapsed.minus(at).compareTo(SHOWN) < 0) {
                whims.add(words);
            }
        });
        return whims.subList(0, Math.min(SHOWN_AT_ONCE, whims.size()));
    }

    /** How often each fault happened. */
    static Map<String, Long> faults(CarrierStatistics statistics) {
        var faults = new LinkedHashMap<String, Long>();
        WORDS.keySet().forEach(fault -> faults.put(fault, statistics.refused().getOrDefault(fault, 0L)));
        faults.put("answers-lost", statistics.answersLost());
        return faults;
    }

    private static Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("throttle", "throttles");
        words.put("http503", "answers 503");
        words.put("answers-lost", "loses answers");
        words.put("drop-request", "hangs up");
        return words;
    }
}
