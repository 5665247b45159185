// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.mirror;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

import io.governance.match.MetadataMatcher;
import io.governance.match.StringMatch;
import io.governance.policy.Call;
import io.governance.rule.PolicyContext;
import io.governance.selection.Copy;
import io.governance.selection.Copy.Loss;
import io.governance.selection.CopyPolicy;
import io.governance.selection.Destination;
import io.governance.selection.Destination.HeaderChanges;
import io.governance.selection.Destination.OnEmpty;
import io.governance.selection.Destination.Subset;
import org.jspecify.annotations.Nullable;

/**
 * Copies a share of the calls, as long as there are few enough copies in flight. A copy
 * is not copied again.
 */
final class MirrorPolicy implements CopyPolicy {

	private final MirrorRule rule;

	private final Destination destination;

	private final RandomGenerator random;

	private final LongAdder overflow;

	private final Map<Loss, LongAdder> losses = new EnumMap<>(Loss.class);

	private final AtomicInteger inFlight = new AtomicInteger();

	MirrorPolicy(MirrorRule rule, PolicyContext context) {
		this.rule = rule;
		this.random = context.random();
		this.overflow = context.events().apply(MirrorRuleType.OVERFLOW);
		for (Loss loss : Loss.values()) {
			this.losses.put(loss, context.events().apply(loss.event()));
		}
		this.destination = new Destination(context.rule(), subset(rule.to().subset()),
				new HeaderChanges(Map.of(Copy.HEADER, "true"), Set.of()), () -> {
					// a copy that finds nobody is not sent
				});
	}

	private static Subset subset(Map<String, StringMatch> conditions) {
		if (conditions.isEmpty()) {
			return Subset.ALL;
		}
		MetadataMatcher matcher = new MetadataMatcher(conditions);
		return new Subset(conditions.keySet().toString(), (host) -> matcher.matches(host.metadata()), OnEmpty.FAIL,
				null);
	}

	@Override
	public @Nullable Copy copy(Call call) {
		if (this.random.nextDouble() * 100 >= this.rule.percent() || call.header(Copy.HEADER) != null) {
			return null;
		}
		if (this.inFlight.incrementAndGet() > this.rule.maxInFlight()) {
			this.inFlight.decrementAndGet();
			this.overflow.increment();
			return null;
		}
		String service = (this.rule.to().service() != null) ? this.rule.to().service() : call.service();
		return new Copy(service, this.destination, this.rule.maxBodyBytes(), this::ended);
	}

	private void ended(@Nullable Loss loss) {
		this.inFlight.decrementAndGet();
		LongAdder counter = (loss != null) ? this.losses.get(loss) : null;
		if (counter != null) {
			counter.increment();
		}
	}

	@Override
	public String describe(Call call) {
		return (call.header(Copy.HEADER) != null) ? "a copy is not copied"
				: this.rule.percent() + "% copied, " + state();
	}

	@Override
	public String state() {
		return this.inFlight.get() + " in flight";
	}

}
