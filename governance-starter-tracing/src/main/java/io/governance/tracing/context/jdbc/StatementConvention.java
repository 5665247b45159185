// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context.jdbc;

import io.micrometer.common.KeyValues;
import net.ttddyy.observation.tracing.QueryContext;
import net.ttddyy.observation.tracing.QueryObservationConvention;

/**
 * What the span of a statement says: its text, as the application wrote it, or not even
 * that. Values of parameters are never in it.
 *
 * @param text whether spans have the text of the statement
 */
public record StatementConvention(boolean text) implements QueryObservationConvention {

	@Override
	public KeyValues getHighCardinalityKeyValues(QueryContext context) {
		return this.text ? QueryObservationConvention.super.getHighCardinalityKeyValues(context) : KeyValues.empty();
	}

}
