package io.github.smsdispatch.benchmarks.micro;

import io.github.smsdispatch.PhoneNumber;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading a number. */
@BenchmarkMode(Mode.AverageTime)
@State(Scope.Thread)
public class PhoneNumberCost {
    private String number = "+447700900123";

    /** JMH makes one. */
    public PhoneNumberCost() {}

    @Benchmark
    public PhoneNumber parse() {
        return PhoneNumber.parse(number);
    }
}
