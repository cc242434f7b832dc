package io.github.smsdispatch.testkit.carrier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The loopback server, byte by byte")
@Timeout(20)
class LoopbackServerTest {
    private final BlockingQueue<HttpCall> calls = new LinkedBlockingQueue<>();
    private final LoopbackServer server = new LoopbackServer(0);
    private Socket socket;
    private BufferedReader in;

    @BeforeEach
    void connect() throws IOException {
        server.serve(call -> {
            calls.add(call);
            return Reply.with(HttpAnswer.html(200, "OK"));
        });
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
        server.close();
    }

    @Test
    @DisplayName("serves request after request on one connection, until it is asked to close it")
    void keepAlive() throws Exception {
        send("GET /a?b=c HTTP/1.1\r\nHost: me\r\n\r\n");
        assertThat(status()).isEqualTo("HTTP/1.1 200 -");
        skipToNextAnswer();
        send("POST /b HTTP/1.1\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody");
        assertThat(status()).isEqualTo("HTTP/1.1 200 -");
        assertThat(in.lines()).contains("Connection: close"); // and then the end of the stream

        HttpCall first = calls.take();
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.path()).isEqualTo("/a");
        assertThat(first.query()).isEqualTo("b=c");
        assertThat(first.baseUrl()).isEqualTo("http://me");
        assertThat(calls.take().body()).isEqualTo("body");
    }

    @Test
    @DisplayName("reads a body in chunks")
    void chunked() throws Exception {
        send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nT: 1\r\n\r\n");

        assertThat(status()).isEqualTo("HTTP/1.1 200 -");
        assertThat(calls.take().body()).isEqualTo("hello world");
    }

    @Test
    @DisplayName("asks for the body of a client that waits for it")
    void expectContinue() throws Exception {
        send("POST / HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        assertThat(status()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(in.readLine()).isEmpty();
        send("body");

        assertThat(status()).isEqualTo("HTTP/1.1 200 -");
        assertThat(calls.take().body()).isEqualTo("body");
    }

    @ParameterizedTest
    @DisplayName("answers 400 to what is no request, and closes")
    @ValueSource(
            strings = {
                "HELLO\r\n\r\n",
                "GET / HTTP/2\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"
            })
    void malformed(String request) throws Exception {
        send(request);

        assertThat(status()).isEqualTo("HTTP/1.1 400 -");
        assertThat(in.lines()).contains("Connection: close"); // and then the end of the stream
        assertThat(calls).isEmpty();
    }

    @Test
    @DisplayName("says which port is taken")
    void portTaken() {
        assertThatThrownBy(() -> new LoopbackServer(server.port()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1 port " + server.port());
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private String status() throws IOException {
        return in.readLine();
    }

    private void skipToNextAnswer() throws IOException {
        String line = in.readLine();
        while (!line.startsWith("<html>")) {
            line = in.readLine();
        }
    }
}
