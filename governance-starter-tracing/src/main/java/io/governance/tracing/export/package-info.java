// SPDX-License-Identifier: Apache-2.0

/**
 * Sends finished spans to a tracing backend: Zipkin, or anything that speaks OTLP over
 * HTTP or gRPC. Whoever ends a span encodes it and puts it into a bounded queue, and
 * never waits; one thread takes spans from there in batches, sends them and counts what
 * it had to drop.
 */
@NullMarked
package io.governance.tracing.export;

import org.jspecify.annotations.NullMarked;
