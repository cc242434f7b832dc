package io.github.smsdispatch.testkit.provider;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RefusingPortTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @Test
    void refusesWhoeverComes() {
        try (var nobody = new RefusingPort()) {
            for (int time = 0; time < 3; time++) {
                assertThatThrownBy(() -> new Socket(LOOPBACK, port(nobody)).close())
                        .isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void nobodyElseCanTakeIt() {
        try (var nobody = new RefusingPort()) {
            assertThatThrownBy(() -> new ServerSocket(port(nobody), 1, LOOPBACK).close())
                    .isInstanceOf(BindException.class);
        }
    }

    private static int port(RefusingPort nobody) {
        return URI.create(nobody.url()).getPort();
    }
}
