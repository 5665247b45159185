// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import io.governance.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Turns one kind of observation into Istio's metrics. The registry is asked for with the
 * first of them: it is made after the handlers.
 *
 * @param <C> the kind of observation
 */
abstract class IstioObservations<C extends Observation.Context> implements ObservationHandler<C> {

	private static final String START = IstioObservations.class.getName() + ".start";

	private final SingletonSupplier<IstioMetrics> metrics;

	private final TimeSource time;

	IstioObservations(IstioSettings settings) {
		this.time = settings.time();
		this.metrics = SingletonSupplier.of(() -> new IstioMetrics(registry(settings), settings));
	}

	private static MeterRegistry registry(IstioSettings settings) {
		return settings.registry().getObject();
	}

	@Override
	public void onStart(C context) {
		context.put(START, this.time.nanoTime());
	}

	@Override
	public void onStop(C context) {
		Long start = context.get(START);
		if (start != null && !isAttempt(context)) {
			report(context, (this.time.nanoTime() - start) / 1_000_000.0);
		}
	}

	/**
	 * Reports what is over.
	 */
	abstract void report(C context, double millis);

	IstioMetrics metrics() {
		return this.metrics.obtain();
	}

	/**
	 * A call within a call is an attempt at it: the call is reported, with what came of
	 * it in the end.
	 */
	private static boolean isAttempt(Observation.Context context) {
		@Nullable ObservationView parent = context.getParentObservation();
		return context instanceof SenderContext && parent != null && parent.getContextView() instanceof SenderContext;
	}

}
