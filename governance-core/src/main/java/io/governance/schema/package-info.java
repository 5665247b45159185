// SPDX-License-Identifier: Apache-2.0

/**
 * What the components of a rule mean and what may be wrong with them: the source of
 * schema, documents, forms and messages.
 */
@NullMarked
package io.governance.schema;

import org.jspecify.annotations.NullMarked;
