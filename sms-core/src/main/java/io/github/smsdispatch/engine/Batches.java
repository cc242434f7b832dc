package io.github.smsdispatch.engine;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.spi.ProviderTraits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which messages go to a provider in one call. */
final class Batches {
    /** What the messages of one batch share where the provider takes one text for many recipients. */
    private record Shared(String text, @Nullable Sender sender) {}

    private Batches() {}

    /** As few batches as the traits and a limit allow; within each, the order stays. */
    static List<List<HandOver.Item>> of(ProviderTraits traits, int most, List<HandOver.Item> items) {
        var batches = new ArrayList<List<HandOver.Item>>();
        int size = Math.min(traits.maxBatchSize(), most);
        for (List<HandOver.Item> alike : traits.batchesShareText() ? byText(items) : List.of(items)) {
            for (int from = 0; from < alike.size(); from += size) {
                batches.add(alike.subList(from, Math.min(alike.size(), from + size)));
            }
        }
        return batches;
    }

    private static Collection<List<HandOver.Item>> byText(List<HandOver.Item> items) {
        Map<Shared, List<HandOver.Item>> alike = new LinkedHashMap<>();
        for (HandOver.Item item : items) {
            Message message = item.claim().message();
            alike.computeIfAbsent(new Shared(message.text(), message.sender()), key -> new ArrayList<>())
                    .add(item);
        }
        return alike.values();
    }
}
