package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One bad message makes Infobip refuse the whole request. What becomes of the others, through the engine. */
@Timeout(60)
class InfobipPoisonedBatchTest {
    private static final String BAD = "447700900113";

    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final CountDownLatch settled = new CountDownLatch(30);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("the bad message alone is rejected, be it named in the answer or not; all others are taken once")
    void onlyTheBadOneIsRejected(boolean named) throws Exception {
        HttpServer infobip = Engines.server(request -> answer(Json.read(request.bodyText()), named));
        try (InfobipProvider provider = Accounts.provider(Map.of("base-url", Engines.url(infobip)));
                DispatchEngine engine = Engines.inAHurry(provider, this::note)) {
            List<Message> messages = IntStream.range(0, 30)
                    .mapToObj(i -> Message.to("+447700900" + (100 + i))
                            .text("Text " + i)
                            .build())
                    .toList();
            engine.enqueueAll(messages.stream());

            engine.start();

            assertThat(settled.await(30, TimeUnit.SECONDS)).isTrue();
            for (Message message : messages) {
                boolean bad = message.recipient().digits().equals(BAD);
                assertThat(engine.status(message.id()).orElseThrow().state())
                        .isEqualTo(bad ? MessageState.REJECTED : MessageState.SENT);
            }
            assertThat(taken).hasSize(29);
            assertThat(engine.health().accounts()).allSatisfy(account -> {
                assertThat(account.up()).isTrue();
                assertThat(account.trouble()).isNull();
            });
        } finally {
            infobip.stop(0);
        }
    }

    private Engines.Answer answer(JsonNode body, boolean named) {
        JsonNode messages = body.path("messages");
        for (int i = 0; i < messages.size(); i++) {
            if (to(messages.get(i)).equals(BAD)) {
                String violation = "{\"property\":\"messages[" + i + "].destinations[0].to\",\"violation\":\"bad\"}";
                return new Engines.Answer(
                        400, "{\"errorCode\":\"E400\",\"violations\":[" + (named ? violation : "") + "]}");
            }
        }
        var items = new StringBuilder();
        for (JsonNode message : messages) {
            assertThat(taken.add(to(message))).isTrue();
            items.append(items.isEmpty() ? "" : ",")
                    .append("{\"messageId\":")
                    .append(message.path("destinations").path(0).path("messageId"))
                    .append(",\"status\":")
                    .append(Batches.status(1, 26))
                    .append("}");
        }
        return new Engines.Answer(200, Batches.answer(items.toString()));
    }

    private static String to(JsonNode message) {
        return message.path("destinations").path(0).path("to").asText();
    }

    private void note(StateChange change) {
        MessageState state = change.event().to();
        if (state == MessageState.SENT || state == MessageState.REJECTED) {
            settled.countDown();
        }
    }
}
