package io.github.smsdispatch.infobip;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Submissions whose references are known before: 01900000-0000-7000-8000-00000000000N for place N. */
final class Batches {
    private Batches() {}

    static String id(int place) {
        return "01900000-0000-7000-8000-%012d".formatted(place);
    }

    static Submission at(int place, String text, Map<String, String> attributes) {
        return new Submission(
                AttemptId.parse(id(place)),
                PhoneNumber.parse("+447700900%03d".formatted(100 + place)),
                null,
                text,
                Segments.of(text),
                Duration.ofHours(1),
                attributes);
    }

    static List<Submission> of(int size) {
        return IntStream.range(0, size)
                .mapToObj(place -> at(place, "Text number " + place, Map.of()))
                .toList();
    }

    /** An item of the answer to a hand-over. */
    static String item(int place, int group, int status) {
        return "{\"messageId\":\"%s\",\"destination\":\"447700900%03d\",\"status\":%s,\"details\":{\"messageCount\":1}}"
                .formatted(id(place), 100 + place, status(group, status));
    }

    static String status(int group, int status) {
        return "{\"groupId\":" + group + ",\"id\":" + status
                + ",\"name\":\"NAME\",\"description\":\"to 447700900123\"}";
    }

    static String answer(String... items) {
        return "{\"bulkId\":\"b\",\"messages\":[" + String.join(",", items) + "]}";
    }
}
