// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.baggage;

import java.util.Collection;
import java.util.List;

import brave.baggage.BaggageField;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;

/**
 * Tags each span that ends with the values of chosen baggage keys, under the name of the
 * key. A key without a value gives no tag. Thread-safe.
 */
public final class BaggageTags extends SpanHandler {

	private final List<BaggageField> fields;

	/**
	 * Creates a handler. It must come before those that send spans away.
	 * @param keys the keys; each must travel
	 */
	public BaggageTags(Collection<String> keys) {
		this.fields = keys.stream().map(BaggageField::create).toList();
	}

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		for (BaggageField field : this.fields) {
			String value = field.getValue(context);
			if (value != null) {
				span.tag(field.name(), value);
			}
		}
		return true;
	}

}
