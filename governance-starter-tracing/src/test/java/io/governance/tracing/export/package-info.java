// SPDX-License-Identifier: Apache-2.0

@NullMarked
package io.governance.tracing.export;

import org.jspecify.annotations.NullMarked;
