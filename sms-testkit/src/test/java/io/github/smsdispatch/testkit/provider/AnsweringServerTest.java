package io.github.smsdispatch.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnsweringServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void givesItsAnswersInOrderAndKeepsTheRequests() throws Exception {
        try (var server = new AnsweringServer()) {
            server.answers(429, "{\"é\":1}", "Retry-After", "7").answers(204, "");

            HttpRequest first = HttpRequest.newBuilder(URI.create(server.url() + "/a?b=%20"))
                    .header("X-Key", "one")
                    .header("x-key", "two")
                    .POST(BodyPublishers.ofString("to=é"))
                    .build();
            HttpResponse<String> answer = client.send(first, BodyHandlers.ofString());
            HttpRequest second =
                    HttpRequest.newBuilder(URI.create(server.url() + "/c")).build();

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).isEqualTo("{\"é\":1}");
            assertThat(answer.headers().firstValue("Retry-After")).contains("7");
            assertThat(client.send(second, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(204);
            assertThat(server.requests()).isEqualTo(2);
            TakenRequest taken = server.taken();
            assertThat(taken.line()).isEqualTo("POST /a?b=%20");
            assertThat(taken.headers()).containsEntry("x-key", List.of("one", "two"));
            assertThat(taken.header("X-KEY")).isEqualTo("one");
            assertThat(taken.header("X-None")).isNull();
            assertThat(taken.body()).isEqualTo("to=é");
            assertThat(server.taken())
                    .extracting(TakenRequest::line, TakenRequest::body)
                    .containsExactly("GET /c", "");
        }
    }
}
