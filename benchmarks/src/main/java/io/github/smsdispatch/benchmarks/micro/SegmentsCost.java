package io.github.smsdispatch.benchmarks.micro;

import io.github.smsdispatch.text.Segments;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counting the segments of a text. */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Thread)
public class SegmentsCost {
    private String oneSegment = "Your table for four is booked for eight o'clock tonight.";
    private String tenSegments = "Your table for four is booked for eight o'clock tonight. ".repeat(26);
    private String oneSegmentUcs2 = "Ваш столик на четверых заказан на восемь вечера.";

    /** JMH makes one. */
    public SegmentsCost() {}

    @Benchmark
    public Segments oneSegment() {
        return Segments.of(oneSegment);
    }

    @Benchmark
    public Segments tenSegments() {
        return Segments.of(tenSegments);
    }

    @Benchmark
    public Segments oneSegmentUcs2() {
        return Segments.of(oneSegmentUcs2);
    }
}
