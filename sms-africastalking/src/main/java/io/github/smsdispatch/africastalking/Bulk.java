package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.Sender;
import io.github.smsdispatch.spi.Submission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Submissions that go out in one request: of one text and sender, and no number twice, because results are told apart by
 * number alone.
 */
final class Bulk {
    private record Kind(@Nullable Sender sender, String text) {}

    private final Kind kind;

    /** By the digits of the recipient; where it stands in the batch. */
    private final Map<String, Integer> places = new LinkedHashMap<>();

    private Bulk(Kind kind) {
        this.kind = kind;
    }

    /**
     * As few requests as possible, in the order in which the batch begins them. Batches are meant to be of one text and
     * sender; any others become a request for each text and sender.
     *
     * @param from for submissions without a sender; null: the shared sender of Africa's Talking
     * @param most recipients of one request
     */
    static List<Bulk> of(List<Submission> batch, @Nullable Sender from, int most) {
        var bulks = new ArrayList<Bulk>();
        Map<Kind, List<Bulk>> byKind = new LinkedHashMap<>();
        for (int place = 0; place < batch.size(); place++) {
            Submission submission = batch.get(place);
            String digits = submission.recipient().digits();
            var kind = new Kind(submission.sender() == null ? from : submission.sender(), submission.text());
            List<Bulk> same = byKind.computeIfAbsent(kind, unused -> new ArrayList<>());
            Bulk bulk = same.stream()
                    .filter(one -> one.places.size() < most && !one.places.containsKey(digits))
                    .findFirst()
                    .orElse(null);
            if (bulk == null) {
                bulk = new Bulk(kind);
                same.add(bulk);
                bulks.add(bulk);
            }
            bulk.places.put(digits, place);
        }
        return bulks;
    }

    /** Who it comes from; null: the shared sender. */
    @Nullable
    Sender sender() {
        return kind.sender();
    }

    String text() {
        return kind.text();
    }

    /** The recipients' numbers as digits, and where each stands in the batch. */
    Map<String, Integer> places() {
        return places;
    }

    boolean isForOne() {
        return places.size() == 1;
    }

    @Override
    public String toString() {
        return "Bulk[" + places.size() + " recipients]";
    }
}
