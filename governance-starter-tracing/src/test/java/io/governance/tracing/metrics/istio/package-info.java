// SPDX-License-Identifier: Apache-2.0

@NullMarked
package io.governance.tracing.metrics.istio;

import org.jspecify.annotations.NullMarked;
